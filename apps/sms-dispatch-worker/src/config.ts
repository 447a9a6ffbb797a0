import { hostname } from 'node:os';
import { EnvBool, EnvString, ServiceConfig } from '@peyk/platform';

export class WorkerConfig extends ServiceConfig {
  @EnvString({
    key: 'WORKER_NAME',
    description: 'Name of this worker for people; host and process id when not given',
    optional: true,
    max: 64,
  })
  readonly workerName?: string;

  @EnvBool({
    key: 'SMPP_REFERENCE_TLV',
    description:
      'Put our reference on each submit_sm (TLV 0x1400), so that a simulator can count copies; not for operators',
    default: false,
  })
  readonly referenceTlv!: boolean;
}

export function workerName(config: WorkerConfig): string {
  return (config.workerName ?? `${hostname()}-${process.pid}`).slice(-64);
}
