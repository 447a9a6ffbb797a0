import { BreakdownService } from './breakdown.service';
import { MessagesController } from './messages.controller';
import { MessagesService } from './messages.service';
import { ReportsController } from './reports.controller';
import { TimelineService } from './timeline.service';

export const reportsControllers = [MessagesController, ReportsController];
export const reportsProviders = [BreakdownService, MessagesService, TimelineService];
