import '@fontsource-variable/vazirmatn/wght.css';
import 'virtual:antd.css';
import './app/app.css';
import './ui/ui.css';
import './app/shell.css';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { hearBroken } from './api/broken';
import { session } from './api/session';
import { Providers } from './app/providers';
import { router } from './app/router';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
hearBroken();
void session.start();
createRoot(root).render(
  <Providers>
    <RouterProvider router={router} />
  </Providers>,
);
