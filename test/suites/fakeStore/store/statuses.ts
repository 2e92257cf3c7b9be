import type { OrderStatus, StatusCodes } from '../../../../core/commerce/statuses';

export const STATES: StatusCodes<OrderStatus> = {
  new: { name: 'New', status: 'open' },
  packed: { name: 'Packed', status: 'open' },
  sent: { name: 'Sent', status: 'completed' },
  dropped: { name: 'Dropped', status: 'cancelled' },
};
