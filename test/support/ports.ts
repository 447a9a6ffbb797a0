import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below those that the system gives to connections (32768 and up), which could take one before it is used, and below
 * those of the test servers.
 */
const firstPort = 10_000;
const blockSize = 32;
const blocks = 218;
const triesMax = 100;

/**
 * Ports of loopback for the programs of one system. A program takes its port long after it was chosen, so that looking
 * for a free one is not enough: another system, in another process, may have chosen it too. The first port of a block is
 * therefore listened on from the choice to the end, by this process: who cannot have it takes another block.
 */
export class PortBlock {
  private used = 0;

  private constructor(
    private readonly first: number,
    private readonly guard: Server,
  ) {}

  static async claim(): Promise<PortBlock> {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const first = firstPort + blockSize * randomInt(blocks);
      const guard = await listen(first);
      if (guard) return new PortBlock(first, guard.unref());
    }
    throw new Error(`no free block of ports on 127.0.0.1 after ${triesMax} tries`);
  }

  /** A port of the block that was not given before and that no stranger listens on. */
  async next(): Promise<number> {
    while (this.used < blockSize - 1) {
      this.used += 1;
      const server = await listen(this.first + this.used);
      if (!server) continue;
      await close(server);
      return this.first + this.used;
    }
    throw new Error(`all ports from ${this.first} to ${this.first + blockSize - 1} are given away`);
  }

  release(): Promise<void> {
    return close(this.guard);
  }
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
