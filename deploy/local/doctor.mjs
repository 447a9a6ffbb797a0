import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/doctor.mjs').then((command) => command.run());
