import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/reset.mjs').then((command) => command.run());
