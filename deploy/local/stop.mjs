import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/stop.mjs').then((command) => command.run());
