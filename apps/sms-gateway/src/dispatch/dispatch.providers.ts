import type { Provider } from '@nestjs/common';
import { REPLICA_GUARD } from '@peyk/platform';
import { ClosingLoops } from './closing-loops';
import { DispatchEngine } from './engine';
import { ProgressPublisher } from './progress.publisher';
import { Recorder } from './recorder';
import { ReleaseLoops } from './release-loops';

/** The replica in which dispatch runs is the one that runs the scheduled duties of one replica. */
const replicaGuard: Provider = { provide: REPLICA_GUARD, useExisting: DispatchEngine };

export const dispatchProviders = [
  ClosingLoops,
  DispatchEngine,
  ProgressPublisher,
  Recorder,
  ReleaseLoops,
  replicaGuard,
];
