// Server-sent events out of pieces of text, as a POST answers them (the browser's EventSource knows GET alone).

export interface StreamEvent {
  type: string;
  data: unknown;
}

/** Takes pieces as they arrive, cut anywhere, and hands over every whole event; what is not JSON is passed by. */
export function makeEventReader(onEvent: (event: StreamEvent) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const of = (name: string) =>
        lines
          .filter((line) => line.startsWith(`${name}:`))
          .map((line) => line.slice(name.length + 1).trimStart());
      const data = of('data');
      if (data.length === 0) continue;
      try {
        onEvent({ type: of('event')[0] ?? 'message', data: JSON.parse(data.join('\n')) as unknown });
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    }
  };
}
