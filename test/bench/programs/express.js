/**
 * What people have today, in one process: the conference program of the carrier's documentation, which answers a constant
 * NCCO, and the event handler that tutorials teach: a map in memory, one more on `answered`, one less on `completed`.
 * Nothing is verified, nothing is stored. Prints its address as JSON.
 */
import express from "express";

const app = express();
const counts = new Map();
app.use(express.json());

app.all("/webhooks/answer", (request, response) => {
  response.json([
    { action: "talk", text: "Please wait while we connect you to the conference" },
    { action: "conversation", name: "standup" },
  ]);
});

app.post("/webhooks/event", (request, response) => {
  const { status, to } = request.body;
  const change = status === "answered" ? 1 : status === "completed" ? -1 : 0;
  counts.set(to, (counts.get(to) ?? 0) + change);
  response.status(204).end();
});

app.get("/count/:to", (request, response) => {
  response.json({ count: counts.get(request.params.to) ?? 0 });
});

const server = app.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
});
