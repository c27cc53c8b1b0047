/**
 * What the REST side answers, and its error bodies. The specification gives none for `/v1/calls`; two shapes were
 * recorded from the platform: one that lists parameters (an SDK's fixture `error_vapi.json`), and one that only names
 * the status (Vonage support, article 10359615124380). The second stands for every error without parameters.
 */
import { STATUS_CODES } from "node:http";

export interface Reply {
  readonly status: number;
  /** Null where there is no body. */
  readonly contentType: string | null;
  /** Bytes that are sent piece by piece where they are an iterable. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** A parameter that was refused. */
export interface InvalidParameter {
  readonly name: string;
  readonly reason: string;
}

const EMPTY = new Uint8Array();

/** A reply with a JSON body. */
export function jsonReply(status: number, value: unknown): Reply {
  return { status, contentType: "application/json", body: Buffer.from(JSON.stringify(value)) };
}

/** What a modified call is answered with (Vonage Voice API 1.10.0, updateCall). */
export function noContent(): Reply {
  return { status: 204, contentType: null, body: EMPTY };
}

/** An error that says nothing but its status: `{"type":"NOT_FOUND","error_title":"Not Found"}`. */
export function errorReply(status: number): Reply {
  const title = STATUS_CODES[status] ?? "Error";
  return jsonReply(status, {
    type: title.toUpperCase().replaceAll(/\W+/g, "_"),
    error_title: title,
  });
}

/** The error that names what is wrong with a request. */
export function invalidReply(parameters: readonly InvalidParameter[]): Reply {
  return jsonReply(400, {
    type: 400,
    title: "Bad Request",
    invalid_parameters: parameters.map(({ name, reason }) => ({ reason, name })),
  });
}
