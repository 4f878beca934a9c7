import { Controller, FormFile, Get, Param, ParseUUIDPipe, Post, Response, UploadedFile } from 'lambent';
import { ApiOperation, ApiResponse } from 'lambent/openapi';
import { AttachmentPipe } from './attachment.pipe.js';
import { AttachmentsService } from './attachments.service.js';
import { StoredAttachment } from './stored-attachment.js';

@ApiResponse({ status: 401, description: 'The API key is missing or wrong.' })
@ApiResponse({ status: 404, description: 'There is no such order, or no such file.' })
@Controller('orders/:id/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  @ApiOperation({ summary: 'Add a file to an order' })
  @ApiResponse({ status: 201, type: StoredAttachment, headers: { location: 'Where the file is.' } })
  @ApiResponse({ status: 409, description: 'The order has a file of that name.' })
  @Post('/', { status: 201 })
  async upload(
    @Param('id', ParseUUIDPipe) id: string,
    @UploadedFile('file', { required: true }, AttachmentPipe) file: FormFile,
    response: Response,
  ): Promise<StoredAttachment> {
    const { filename: name, mediaType, size, content } = file;
    await this.attachments.add(id, { name, mediaType, content });
    response.headers['location'] = `/orders/${id}/attachments/${name}`;
    return { name, mediaType, size };
  }

  @ApiOperation({ summary: 'Get a file of an order' })
  @ApiResponse({ status: 200, mediaType: '*/*', description: 'The file, as it was sent.' })
  @Get(':name')
  async download(@Param('id', ParseUUIDPipe) id: string, @Param('name') name: string) {
    const { content, mediaType } = await this.attachments.get(id, name);
    return new Response(content, { mediaType, headers: { 'content-disposition': `attachment; filename="${name}"` } });
  }
}
