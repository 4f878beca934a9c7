import { Controller, Get, Param, ParseUUIDPipe } from 'lambent';
import { ApiOperation, ApiResponse } from 'lambent/openapi';
import { Shipment } from './shipment.js';
import { ShipmentsService } from './shipments.service.js';

@Controller('orders/:id/shipment')
export class ShipmentsController {
  constructor(private readonly shipments: ShipmentsService) {}

  @ApiOperation({ summary: 'Get the parcel of an order' })
  @ApiResponse({ status: 200, type: Shipment })
  @ApiResponse({ status: 401, description: 'The API key is missing or wrong.' })
  @ApiResponse({ status: 404, description: 'There is no such order, or nothing is shipped yet.' })
  @Get()
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.shipments.get(id);
  }
}
