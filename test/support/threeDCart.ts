/** 3dcart's client against a made-up server, and the results that 3dcart writes. */
import { fetchTransport } from '../../core/http/fetch';
import { createThreeDCart, type ThreeDCart } from '../../core/stores/threedcart/client';
import type { HttpServer } from './httpServer';

export const threeDCartAt = ({ origin }: Pick<HttpServer, 'origin'>): ThreeDCart =>
  createThreeDCart({
    apiUrl: origin,
    secureUrl: 'shop.example/',
    privateKey: 'key',
    token: 'token',
    send: fetchTransport(),
  });

export const ok = (Value: string, Key = 'OrderID') => ({
  Key,
  Value,
  Status: '200',
  Message: 'updated successfully',
});

export const no = (Message: string, Status = '400', Value = '') => ({
  Key: 'Error',
  Value,
  Status,
  Message,
});
