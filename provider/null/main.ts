import { serveProvider } from "../plugin/serve";
import { NULL_PROVIDER } from "./null-provider";

void serveProvider(NULL_PROVIDER);
