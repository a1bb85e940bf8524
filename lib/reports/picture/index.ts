/** The picture of a topology: alone, or on a page with tables. */
export { renderHtml } from "./render-html";
export { renderSvg } from "./render-svg";
