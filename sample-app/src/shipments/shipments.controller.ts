import { Controller, Get, Param, ParseUUIDPipe } from 'lambent';
import { ShipmentsService } from './shipments.service.js';

@Controller('orders/:id/shipment')
export class ShipmentsController {
  constructor(private readonly shipments: ShipmentsService) {}

  @Get()
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.shipments.get(id);
  }
}
