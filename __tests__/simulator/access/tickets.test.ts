import { Tickets } from "../../../simulator/access/tickets";

const START_SECONDS = 1_795_000_000;

describe("a ticket", () => {
  let nowSeconds: number;
  let tickets: Tickets;
  beforeEach(() => {
    nowSeconds = START_SECONDS;
    tickets = new Tickets(() => nowSeconds);
  });

  test("names its user and its time, and lasts for two hours", () => {
    const { ticket, csrfPreventionToken } = tickets.issue("me@pve");
    expect(ticket).toMatch(/^PVE:me@pve:6AFD86C0::[A-Za-z0-9+/]+=*$/);
    expect(csrfPreventionToken).toMatch(/^6AFD86C0:[A-Za-z0-9+/]{43}$/);
    nowSeconds += 7199;
    expect(tickets.userOf(ticket)).toBe("me@pve");
    expect(tickets.isCsrfTokenOf("me@pve", csrfPreventionToken)).toBe(true);
    nowSeconds += 1;
    expect(tickets.userOf(ticket)).toBeUndefined();
    expect(tickets.isCsrfTokenOf("me@pve", csrfPreventionToken)).toBe(false);
  });

  test("cannot be made by anybody else", () => {
    const { ticket, csrfPreventionToken } = tickets.issue("me@pve");
    expect(tickets.userOf(ticket.replace("me@pve", "root@pam"))).toBeUndefined();
    expect(new Tickets(() => nowSeconds).userOf(ticket)).toBeUndefined();
    expect(tickets.isCsrfTokenOf("you@pve", csrfPreventionToken)).toBe(false);
    expect(tickets.userOf("")).toBeUndefined();
  });
});
