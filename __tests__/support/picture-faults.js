/**
 * Runs in a page that shows a picture of a topology, and gives what is wrong with how it looks, in sentences.
 */
module.exports = () => {
  const faults = [];
  const svg = document.querySelector("svg.topology-picture");
  const all = [...svg.querySelectorAll("rect, circle, path, text")];
  const boxOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const inside = (inner, outer, slack) =>
    inner.left >= outer.left - slack &&
    inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack &&
    inner.bottom <= outer.bottom + slack;
  const holds = (box, x, y) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  const overlap = (a, b, slack) =>
    a.left < b.right - slack &&
    b.left < a.right - slack &&
    a.top < b.bottom - slack &&
    b.top < a.bottom - slack;
  const wordsOf = (text) =>
    [...text.childNodes]
      .filter((node) => node.nodeName !== "title")
      .map((node) => node.textContent)
      .join("");

  const page = boxOf(svg);
  const texts = all
    .filter((element) => element.nodeName === "text")
    .map((element) => ({ element, words: wordsOf(element), box: boxOf(element) }));
  const rectangles = all
    .filter((element) => element.nodeName === "rect")
    .map((element) => ({ element, kind: element.getAttribute("class"), box: boxOf(element) }));
  const framed = rectangles.filter(({ kind }) => kind === "frame" || kind === "card" || /^t\d/.test(kind));

  for (const element of all)
    if (!inside(boxOf(element), page, 0.5)) faults.push(`outside the picture: ${element.outerHTML}`);

  // A text is in every box that its beginning (its end, where it is aligned by that) is in.
  for (const { element, words, box } of texts) {
    const x = element.getAttribute("text-anchor") === "end" ? box.right - 0.5 : box.left + 0.5;
    const y = (box.top + box.bottom) / 2;
    for (const frame of framed)
      if (holds(frame.box, x, y) && !inside(box, frame.box, 0.5))
        faults.push(`text runs out of its box: ${words} in ${frame.element.outerHTML}`);
  }

  // A line of text is higher than its letters.
  const tight = texts.map(({ words, box }) => {
    const spare = (box.bottom - box.top) * 0.2;
    return { words, box: { ...box, top: box.top + spare, bottom: box.bottom - spare } };
  });
  tight.forEach((one, index) => {
    for (const other of tight.slice(index + 1))
      if (overlap(one.box, other.box, 0.2)) faults.push(`texts overlap: ${one.words} | ${other.words}`);
  });

  framed.forEach((one, index) => {
    for (const other of framed.slice(index + 1))
      if (
        overlap(one.box, other.box, 0.2) &&
        !inside(one.box, other.box, 0.5) &&
        !inside(other.box, one.box, 0.5)
      )
        faults.push(`boxes overlap: ${one.element.outerHTML} | ${other.element.outerHTML}`);
  });
  const cards = framed.filter(({ kind }) => kind === "card");
  cards.forEach((one, index) => {
    for (const other of cards.slice(index + 1))
      if (overlap(one.box, other.box, 0.2)) faults.push(`cards overlap: ${one.element.outerHTML}`);
  });

  // Lines run between cards, never across one.
  for (const line of svg.querySelectorAll("path.wait")) {
    const matrix = line.getScreenCTM();
    const length = line.getTotalLength();
    for (let at = 12; at < length - 12; at += 4) {
      const { x, y } = line.getPointAtLength(at).matrixTransform(matrix);
      if (framed.some(({ box }) => holds(box, x, y))) {
        faults.push(`a line crosses a card: ${line.outerHTML}`);
        break;
      }
    }
  }

  const channels = (colour) =>
    colour
      .match(/[\d.]+/g)
      .slice(0, 3)
      .map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one);
    return (light + 0.05) / (dark + 0.05);
  };
  const painted = rectangles.map(({ element, box }) => ({
    element,
    box,
    fill: getComputedStyle(element).fill,
  }));
  const behind = (element, x, y) =>
    painted.findLast(
      (shape) =>
        shape.element !== element &&
        holds(shape.box, x, y) &&
        shape.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).fill;
  const low = new Set();
  const check = (element, least, what) => {
    const box = boxOf(element);
    const own = getComputedStyle(element).fill;
    const ground = behind(element, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const ratio = contrast(own, ground);
    if (ratio < least) low.add(`contrast ${ratio.toFixed(2)} of ${what}: ${own} on ${ground}`);
  };
  for (const element of svg.querySelectorAll("text, tspan")) check(element, 4.5, "text");
  for (const element of svg.querySelectorAll("rect, circle"))
    if (/^(c\d|mark|warning)/.test(element.getAttribute("class"))) check(element, 3, "a mark");
  return [...faults, ...low];
};
