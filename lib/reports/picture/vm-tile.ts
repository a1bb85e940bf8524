import type { Vm } from "../../topology";
import { rectangle, text } from "./drawing";
import type { Drawing } from "./drawing";
import { textWidth } from "./fonts";
import { clusterColour, ROLE_SIZE, roleMark } from "./marks";
import type { Scene } from "./scene";
import { addressLines, sizesOfVm } from "./vm-figures";

/** One VM, as a card with all of it or as a row: how wide it wants to be, and itself. */

const PADDING = 12;
const DEVICE_WIDTH = 40;
const LINE = 17;

/** How wide the widest card wants to be, within what is pleasant to read. */
export function cardWidth(scene: Scene): number {
  const several = scene.topology.networks.length > 1;
  const wanted = scene.vms.map((vm) => {
    const title = ROLE_SIZE + 8 + textWidth(vm.name, "name") + 12 + textWidth(String(vm.vmId), "code");
    const lines = addressLines(vm).map(
      ({ address, network }) =>
        DEVICE_WIDTH + textWidth(address, "code") + (several ? 12 + textWidth(network, "small") : 0),
    );
    return Math.max(title, textWidth(sizesOfVm(vm), "small"), ...lines) + 2 * PADDING;
  });
  return clamp(Math.max(...wanted), 220, 400);
}

/** Height of the cards of some VMs: in one row of cards all have that of the tallest. */
export function cardHeight(vms: readonly Vm[]): number {
  return 60 + LINE * Math.max(...vms.map((vm) => addressLines(vm).length));
}

/** A VM with all of it. */
export function drawCard(vm: Vm, scene: Scene, width: number, height: number): Drawing {
  const colour = clusterColour(scene.numbers.get(vm.cluster) ?? 1);
  const several = scene.topology.networks.length > 1;
  const inner = width - 2 * PADDING;
  const id = String(vm.vmId);
  const idWidth = textWidth(id, "code");
  const markup = [
    rectangle({ x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, "card", 6),
    roleMark(vm.role, PADDING, 13, colour),
    text(
      { text: vm.name, font: "name" },
      { x: PADDING + ROLE_SIZE + 8, y: 22, width: inner - ROLE_SIZE - 8 - idWidth - 10 },
    ),
    text(
      { text: id, font: "code", colour: "muted" },
      { x: width - PADDING, y: 22, width: idWidth, anchor: "end" },
    ),
  ];
  addressLines(vm).forEach(({ device, address, network }, index) => {
    const y = 43 + index * LINE;
    // What the address leaves, and where that is little, of the address too.
    const left = Math.max(inner - DEVICE_WIDTH - textWidth(address, "code") - 10, inner * 0.3);
    const networkWidth = several ? Math.min(textWidth(network, "small"), left) : 0;
    markup.push(
      text({ text: device, font: "smallcode", colour: "muted" }, { x: PADDING, y, width: DEVICE_WIDTH }),
      text(
        { text: address, font: "code" },
        {
          x: PADDING + DEVICE_WIDTH,
          y,
          width: inner - DEVICE_WIDTH - (networkWidth > 0 ? networkWidth + 10 : 0),
        },
      ),
    );
    if (networkWidth > 0)
      markup.push(
        text(
          { text: network, font: "small", colour: "muted" },
          { x: width - PADDING, y, width: networkWidth, anchor: "end" },
        ),
      );
  });
  markup.push(
    text(
      { text: sizesOfVm(vm), font: "small", colour: "muted" },
      { x: PADDING, y: height - 12, width: inner },
    ),
  );
  return { width, height, markup: markup.join("") };
}

const ROW = 18;
const MOST_LINES = 4;

/** The addresses of a VM that a row has room for. */
function rowLines(vm: Vm): string[] {
  const lines = addressLines(vm).map(({ address }) => address);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `and ${lines.length - MOST_LINES + 1} more`];
}

/** How wide the widest row wants to be, within what is pleasant to read. */
export function rowWidth(scene: Scene): number {
  const wanted = scene.vms.map(
    (vm) =>
      idWidth(scene) +
      ROLE_SIZE +
      6 +
      textWidth(vm.name, "plain") +
      14 +
      Math.max(...rowLines(vm).map((line) => textWidth(line, "smallcode"))),
  );
  return clamp(Math.max(...wanted), 200, 420);
}

/** Height of the rows of some VMs, side by side. */
export function rowHeight(vms: readonly Vm[]): number {
  return ROW + (ROW - 3) * (Math.max(...vms.map((vm) => rowLines(vm).length)) - 1);
}

/** A VM on one line, or on as many as it has addresses. */
export function drawRow(vm: Vm, scene: Scene, width: number, height: number): Drawing {
  const colour = clusterColour(scene.numbers.get(vm.cluster) ?? 1);
  const lines = rowLines(vm);
  const left = idWidth(scene) + ROLE_SIZE + 6;
  // Where not both fit, the address has what it needs, and the name keeps a third.
  const addressWidth = Math.min(
    Math.max(...lines.map((line) => textWidth(line, "smallcode"))),
    (width - left) * 0.66,
  );
  const markup = [
    text(
      { text: String(vm.vmId), font: "smallcode", colour: "muted" },
      { x: 0, y: 13, width: idWidth(scene) },
    ),
    roleMark(vm.role, idWidth(scene), 4.5, colour),
    text({ text: vm.name, font: "plain" }, { x: left, y: 13, width: width - left - addressWidth - 8 }),
    ...lines.map((line, index) =>
      text(
        { text: line, font: "smallcode" },
        { x: width, y: 13 + index * (ROW - 3), width: addressWidth, anchor: "end" },
      ),
    ),
  ];
  return { width, height, markup: markup.join("") };
}

function idWidth({ idDigits }: Scene): number {
  return textWidth("0".repeat(idDigits), "smallcode") + 8;
}

function clamp(value: number, least: number, most: number): number {
  return Math.ceil(Math.min(most, Math.max(least, value)));
}
