import { CodesController } from './codes.controller';

export const codesControllers = [CodesController];
