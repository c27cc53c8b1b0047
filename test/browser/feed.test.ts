/** What the page says while it hears nothing, and what it shows once it hears again. */
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";
import { openConference, rowOf } from "./support/visitor.ts";

test("the server is killed and comes back: the page says so meanwhile, then shows what happened", async ({
  page,
  stage,
  expected,
}) => {
  // The browser notes every attempt to connect, and what was being asked when the server died.
  expected.push(/WebSocket connection to .* failed/, /net::ERR_/);
  const [ada, ben, cleo] = [stage.person(), stage.person(), stage.person()];
  stage.call(ada);
  const bensLeg = stage.call(ben);
  await openConference(page, "standup");
  await page.getByText("2 in", { exact: true }).waitFor();

  await stage.kill();
  const state = page.getByRole("status", { name: "State of the connection" });
  await state.getByText("Connection lost.").waitFor();
  await state.getByText("What is shown was so at").waitFor();
  expect(await rowOf(page, ben).count()).toBe(1);

  bensLeg.hangUp("user");
  stage.call(cleo);
  await stage.restart();
  await state.getByText("Connection lost.").waitFor({ state: "detached" });
  await rowOf(page, cleo).waitFor();
  await rowOf(page, ben).waitFor({ state: "detached" });
  expect(await rowOf(page, ada).count()).toBe(1);
  await page.getByText("2 in", { exact: true }).waitFor();
});

test("the socket of all conferences comes back too", async ({ page, stage, expected }) => {
  expected.push(/WebSocket connection to .* failed/, /net::ERR_/);
  stage.call(stage.person());
  await page.getByText("1 person in 1 conference").waitFor();
  await stage.kill();
  const state = page.getByRole("status", { name: "State of the connection" });
  await state.getByText("Connection lost.").waitFor();
  stage.call(stage.person());
  await stage.restart();
  await state.getByRole("button", { name: "Try now" }).click();
  await page.getByText("2 people in 1 conference").waitFor();
  await state.getByText("Connection lost.").waitFor({ state: "detached" });
});

test("a message is lost on the way: the page asks again, and shows what it missed", async ({
  page,
  stage,
}) => {
  let swallow = false;
  const swallowed: string[] = [];
  const asked: string[] = [];
  await page.routeWebSocket(/\/api\/conferences\/standup\/live$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      asked.push(String(text));
      server.send(text);
    });
    server.onMessage((text) => {
      if (swallow) swallowed.push(String(text));
      else socket.send(text);
    });
  });
  const [ada, ben, cleo] = [stage.person(), stage.person(), stage.person()];
  stage.call(ada);
  await openConference(page, "standup");
  await page.getByText("1 in", { exact: true }).waitFor();

  swallow = true;
  const bensLeg = stage.call(ben);
  await expect.poll(() => swallowed.some((text) => text.includes(bensLeg.id))).toBe(true);
  swallow = false;
  expect(await rowOf(page, ben).count()).toBe(0);
  stage.call(cleo);
  await rowOf(page, ben).waitFor();
  await rowOf(page, cleo).waitFor();
  expect(asked).toContain("snapshot");
});

test("what is no conference is said in the Worker's words, and not asked for again and again", async ({
  page,
  stage,
  expected,
}) => {
  expected.push(/WebSocket connection to .* failed/, /status of 400 /);
  const asked: string[] = [];
  page.on("websocket", (socket) => asked.push(socket.url()));
  await page.goto(`${stage.url}/#/conferences/no%20name`);
  const state = page.getByRole("status", { name: "State of the connection" });
  await state.getByText("A conference's name is 1 to 100 letters").waitFor();
  expect(await state.getByText("The page keeps trying.").count()).toBe(0);
  expect(asked.filter((url) => url.includes("no%20name"))).toHaveLength(1);
});
