/**
 * The base of all API paths for what a person gave as endpoint.
 *
 * @param text such as `https://pve1:8006`, `https://pve1:8006/` or `https://pve1:8006/api2/json`
 * @throws Error that says what is wrong, never repeating credentials
 */
export function parseEndpoint(text: string): URL {
  // What stands before an @ could be a password.
  const shown = text.trim().replace(/[^/]*@/, "…@");
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new Error(`"${shown}" is no URL: write it as https://HOST:8006`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Error(
      "the URL holds a user or password: give the API token in api_user, api_token_id and api_token_secret",
    );
  }
  if (url.protocol !== "https:") {
    throw new Error(
      `"${shown}" is not HTTPS, and the API token must not travel in the clear: write it as https://HOST:8006`,
    );
  }
  const path = url.pathname.replace(/\/+$/, "");
  if (path !== "" && !path.endsWith("/api2/json")) {
    throw new Error(`"${shown}" leads to ${url.pathname}: give the host alone or with /api2/json`);
  }
  if (url.search !== "" || url.hash !== "") {
    throw new Error(`"${shown}" has a query or fragment: write it as https://HOST:8006`);
  }
  url.pathname = path === "" ? "/api2/json" : path;
  return url;
}
