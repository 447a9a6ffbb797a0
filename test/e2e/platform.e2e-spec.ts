// Suites that leave each other alone, on one system, in this order: the first two count rows, when nobody else makes any.
import './story.suite';
import './limits.suite';
import './entry.suite';
import './access.suite';
import './sign-up.suite';
import './prices.suite';
import './topup.suite';
import './resale.suite';
import './examples.suite';
// Last: nobody counts what it leaves behind.
import './fuzz.suite';
import { stopPlatform } from './platform';

afterAll(stopPlatform, 300_000);
