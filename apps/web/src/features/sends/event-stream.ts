export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Longest event that is waited for; a send is at most 20 kB. */
const bufferMax = 1_000_000;

/** Events of a text/event-stream, as they come; comments are left out. Ends with the stream. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      if (buffer.length > bufferMax) throw new Error('an event of the stream is too long');
      const blocks = buffer.split('\n\n');
      buffer = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = eventOf(block);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function eventOf(block: string): ServerEvent | undefined {
  let event = 'message';
  let data: string | undefined;
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data = (data === undefined ? '' : `${data}\n`) + line.slice(5).trim();
  }
  return data === undefined ? undefined : { event, data };
}
