import type { FastifyReply } from 'fastify';

/** Answers with a PDF to be kept. @param fileName Latin letters */
export function sendPdf(reply: FastifyReply, fileName: string, pdf: Buffer): void {
  void reply
    .header('content-type', 'application/pdf')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(pdf);
}
