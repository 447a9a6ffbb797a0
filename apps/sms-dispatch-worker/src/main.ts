import { runService } from '@peyk/messaging';
import { WorkerConfig, workerName } from './config';
import { workerModule } from './worker.module';

runService({
  name: 'sms-dispatch-worker',
  serves: 'dispatch',
  config: WorkerConfig,
  module: (config, runtime) =>
    workerModule(runtime, { worker: workerName(config), referenceTlv: config.referenceTlv }),
});
