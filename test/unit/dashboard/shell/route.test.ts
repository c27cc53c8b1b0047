import { expect, it } from "vitest";
import { hrefOf, routeOf, type Route } from "../../../../src/dashboard/shell/route.ts";

it.each<[string, Route]>([
  ["", { view: "live" }],
  ["#", { view: "live" }],
  ["#/", { view: "live" }],
  ["#/conferences/standup", { view: "conference", name: "standup" }],
  ["#/lines", { view: "lines", number: null }],
  ["#/lines/", { view: "lines", number: null }],
  ["#/lines/14155550100", { view: "lines", number: "14155550100" }],
  ["#/lines/*", { view: "lines", number: "*" }],
  ["#/conferences", { view: "nowhere" }],
  ["#/conferences/a/b", { view: "nowhere" }],
  ["#/conferences/%E0%A4%A", { view: "nowhere" }],
  ["#/somewhere", { view: "nowhere" }],
])("the address %j leads to %j", (hash, route) => {
  expect(routeOf(hash)).toEqual(route);
});

it("writes addresses that lead back, whatever is in a name", () => {
  for (const number of ["14155550100", "*", "a b", "sip/user", "ä#?%"]) {
    const route = { view: "lines", number } as const;
    expect(routeOf(hrefOf(route))).toEqual(route);
  }
});
