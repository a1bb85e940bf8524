/** The picture of a topology. Knows the resolved topology and nothing else. */
export { renderSvg } from "./render-svg";
