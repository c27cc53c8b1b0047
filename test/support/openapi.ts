/** The description of the API as tests read it: its operations, and what is wrong with an exchange by it. Pure. */
import { Validator, type Schema } from "@cfworker/json-schema";
import description from "../../src/contract/openapi.json" with { type: "json" };

interface MediaType {
  schema: Schema;
  example?: unknown;
}

type Content = Readonly<Record<string, MediaType>>;

interface Described {
  description: string;
  headers?: Readonly<Record<string, { required?: boolean }>>;
  content?: Content;
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  schema: Schema;
}

export interface Operation {
  id: string;
  method: string;
  /** With its parameters in braces. */
  path: string;
  parameters: readonly Parameter[];
  /** What may be sent, by content type; null for nothing. */
  body: Content | null;
  /** By status. */
  responses: ReadonlyMap<number, Described>;
  /** Whether it needs no token. */
  open: boolean;
}

/** A request and its response, read to their ends. */
export interface Exchange {
  request: { url: string; type: string | null; text: string };
  response: { status: number; headers: Headers; text: string };
  /** Of a WebSocket. */
  messages: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const JSON_TYPE = "application/json";
const METHODS = ["get", "put", "post", "delete", "patch"];

export const OPERATIONS: readonly Operation[] = Object.entries<Node>(description.paths).flatMap(
  ([path, item]) =>
    METHODS.filter((method) => Object.hasOwn(item, method)).map((method) =>
      operationAt(path, method, item),
    ),
);

export function operationOf(id: string): Operation {
  const found = OPERATIONS.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`no operation ${id} is documented`);
  return found;
}

function operationAt(path: string, method: string, item: Node): Operation {
  const node = item[method] as Node;
  const parameters = [item["parameters"] ?? [], node["parameters"] ?? []].flat() as Node[];
  const responses = Object.entries((node["responses"] ?? {}) as Record<string, Node>);
  const body = node["requestBody"] as Node | undefined;
  return {
    id: node["operationId"] as string,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map((parameter) => resolved(parameter) as Parameter),
    body: body === undefined ? null : (resolved(body) as { content: Content }).content,
    responses: new Map(
      responses.map(([status, response]) => [Number(status), resolved(response) as Described]),
    ),
    open: Array.isArray(node["security"]) && node["security"].length === 0,
  };
}

/** What a node is, or what it refers to. */
function resolved(node: Node): unknown {
  const { $ref: pointer } = node;
  if (typeof pointer !== "string") return node;
  const steps = pointer.replace(/^#\//, "").split("/");
  let there: unknown = description;
  for (const step of steps) there = (there as Node | undefined)?.[step];
  if (there === undefined) throw new Error(`nothing is at ${pointer}`);
  return there;
}

/** Everything in which an exchange differs from its description; a request only where it was taken. */
export function faultsOf(operation: Operation, exchange: Exchange): string[] {
  const { request, response, messages } = exchange;
  const { status, headers, text } = response;
  const described = operation.responses.get(status);
  if (described === undefined) return [`status ${status} is not documented: ${text}`];
  const missing = Object.entries(described.headers ?? {})
    .filter(([name, { required }]) => required === true && !headers.has(name))
    .map(([name]) => `the header ${name} is missing`);
  const type = headers.get("content-type");
  // The content of a WebSocket is its messages.
  const contents = status === 101 ? messages : [text];
  const faults = contents.flatMap((content) =>
    contentFaults("response", described.content, status === 101 ? JSON_TYPE : type, content),
  );
  const others =
    status >= 400 ? problemFaults(status, text, type) : requestFaults(operation, request);
  return [...missing, ...faults, ...others];
}

function problemFaults(status: number, text: string, type: string | null): string[] {
  if (type !== "application/problem+json") return [];
  const { status: said } = JSON.parse(text) as { status: unknown };
  return said === status ? [] : [`a problem of status ${String(said)} comes with ${status}`];
}

function requestFaults({ parameters, body }: Operation, request: Exchange["request"]): string[] {
  const queries = [...new URL(request.url).searchParams].flatMap(([name, value]) => {
    const parameter = parameters.find((each) => each.in === "query" && each.name === name);
    if (parameter === undefined) return [`the query parameter ${name} is not documented`];
    return schemaFaults(name, parameter.schema, typed(value, parameter.schema));
  });
  if (request.text === "") return queries;
  return [...queries, ...contentFaults("request", body ?? undefined, request.type, request.text)];
}

/** The text of a query parameter as the value that it stands for. */
function typed(text: string, { type }: Schema): unknown {
  if (type === "integer") return Number(text);
  return type === "boolean" ? text === "true" || (text !== "false" && text) : text;
}

function contentFaults(
  what: string,
  content: Content | undefined,
  type: string | null,
  text: string,
): string[] {
  if (content === undefined) return text === "" ? [] : [`the ${what} has a body: ${text}`];
  const essence = type?.split(";")[0]?.trim().toLowerCase() ?? "none";
  const media = content[essence] ?? content["*/*"];
  if (media === undefined) return [`the ${what}'s content type ${essence} is not documented`];
  if (!/[/+]json$/.test(essence)) return schemaFaults(what, media.schema, text);
  return schemaFaults(what, media.schema, JSON.parse(text));
}

const validators = new WeakMap<Schema, Validator>();

function schemaFaults(what: string, schema: Schema, value: unknown): string[] {
  let validator = validators.get(schema);
  if (validator === undefined) {
    const { schemas } = description.components;
    validator = new Validator({ ...schema, components: { schemas } }, "2020-12", false);
    validators.set(schema, validator);
  }
  const { valid, errors } = validator.validate(value);
  if (valid) return [];
  return errors.map(({ instanceLocation, error }) => `${what} ${instanceLocation}: ${error}`);
}
