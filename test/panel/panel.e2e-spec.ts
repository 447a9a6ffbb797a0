// Suites in Debian's Chromium that share one browser and one system, in this order: the walk shows what the story left.
import './story.suite';
import './states.suite';
import './shell.suite';
import './top-up.suite';
import './composer.suite';
import './mending.suite';
import './walk.suite';
import { stopStage } from './panel';

afterAll(stopStage, 300_000);
