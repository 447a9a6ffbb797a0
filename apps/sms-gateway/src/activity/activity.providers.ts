import { ActivityController } from './activity.controller';
import { ActivityService } from './activity.service';

export const activityControllers = [ActivityController];
export const activityProviders = [ActivityService];
