import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { policyForStyle } from './request-hooks';

const style =
  'body{font-family:Vazirmatn,Tahoma,sans-serif;line-height:2;max-width:40rem;margin:10vh auto;padding:0 1rem}' +
  '@media(prefers-color-scheme:dark){body{background:#14181d;color:#e8eaed}a{color:#8ab4f8}}';
const policy = policyForStyle(style);
const page = `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>پیک</title><style>${style}</style></head>
<body>
<h1>پیک</h1>
<p>درگاه برنامه‌نویسی سامانه‌ی پیک روشن است. پنل کاربری هنوز ساخته نشده است.</p>
<p><a href="/api/docs">راهنمای API</a> و <a href="/api/docs/openapi.json">سند OpenAPI</a></p>
</body>
</html>
`;

/** The start page until the panel comes. */
@ApiExcludeController()
@Controller()
export class HomeController {
  @Get()
  home(@Res() reply: FastifyReply): void {
    void reply
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      .send(page);
  }
}
