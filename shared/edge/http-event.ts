/** An event of an API Gateway HTTP API, payload version 2.0: the part that is read here. */
export interface HttpEvent {
  rawPath: string;
  rawQueryString?: string;
  /** Names in lower case. */
  headers?: Record<string, string | undefined>;
  body?: string;
  isBase64Encoded?: boolean;
  requestContext: { requestId?: string; http: { method: string } };
}

/** What goes back to the gateway. */
export interface HttpReply {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded?: boolean;
}

/** The body as it was sent, decoded where the gateway encoded it; undefined when there is none. */
export const bodyOf = (event: HttpEvent): string | Uint8Array | undefined => {
  if (!event.body) return undefined;
  return event.isBase64Encoded ? Buffer.from(event.body, 'base64') : event.body;
};

/** A header by its name in lower case; undefined when it is absent or empty. */
export const headerOf = (event: HttpEvent, name: string): string | undefined =>
  event.headers?.[name] || undefined;

/** A reply with a JSON body. */
export const jsonReply = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): HttpReply => ({
  statusCode: status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
