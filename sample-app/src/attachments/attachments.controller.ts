import { Controller, FormFile, Get, Param, ParseUUIDPipe, Post, Response, UploadedFile } from 'lambent';
import { AttachmentPipe } from './attachment.pipe.js';
import { AttachmentsService } from './attachments.service.js';

@Controller('orders/:id/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  @Post('/', { status: 201 })
  async upload(
    @Param('id', ParseUUIDPipe) id: string,
    @UploadedFile('file', AttachmentPipe) file: FormFile,
    response: Response,
  ) {
    const { filename: name, mediaType, size, content } = file;
    await this.attachments.add(id, { name, mediaType, content });
    response.headers['location'] = `/orders/${id}/attachments/${name}`;
    return { name, mediaType, size };
  }

  @Get(':name')
  async download(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string) {
    const { content, mediaType } = await this.attachments.get(id, name);
    return new Response(content, { mediaType, headers: { 'content-disposition': `attachment; filename="${name}"` } });
  }
}
