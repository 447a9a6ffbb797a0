import { LineAdministration } from './line-administration';
import { LinePool } from './line-pool';
import { LinesController } from './lines.controller';
import { LinesService } from './lines.service';

export const linesControllers = [LinesController];
export const linesProviders = [LineAdministration, LinePool, LinesService];
