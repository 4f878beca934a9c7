import { ConflictException, Injectable, NotFoundException } from 'lambent';
import { OrdersService } from '../orders/orders.service.js';
import { type Attachment, isAttachmentName } from './attachment.js';
import { AttachmentsRepository } from './attachments.repository.js';

@Injectable()
export class AttachmentsService {
  constructor(
    private readonly attachments: AttachmentsRepository,
    private readonly orders: OrdersService,
  ) {}

  /** @throws NotFoundException when the order does not exist, ConflictException when it has a file of that name. */
  async add(orderId: string, attachment: Attachment): Promise<void> {
    await this.orders.get(orderId);
    if (await this.attachments.add(orderId, attachment)) return;
    throw new ConflictException(`The order has a file named ${attachment.name}`);
  }

  /** @throws NotFoundException */
  async get(orderId: string, name: string): Promise<Attachment> {
    const attachment = isAttachmentName(name) ? await this.attachments.find(orderId, name) : undefined;
    if (!attachment) throw new NotFoundException(`The order has no file of that name`);
    return attachment;
  }
}
