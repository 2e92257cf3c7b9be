import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, readBody } from '../control/input';
import { refusalCodes } from './refusals';
import type { EntraService } from './service';

const lifetimeSchema = z.object({ seconds: z.number().int().min(1).max(86_400) }).strict();

const refusalSchema = z
  .object({
    code: z.number().refine((code) => refusalCodes.includes(code), {
      message: `must be one of ${refusalCodes.join(', ')}`,
    }),
  })
  .strict();

const certificateSchema = z.object({ certificate: z.string().min(1) }).strict();

function registerTokens(app: FastifyInstance, entra: EntraService): void {
  app.post('/entra/expire-tokens', (_request, reply) => {
    entra.expireTokens();
    return reply.code(204).send();
  });
  app.put('/entra/token-lifetime', (request) => {
    const { seconds } = readBody(lifetimeSchema, request.body);
    entra.setTokenLifetime(seconds);
    return { seconds };
  });
}

function registerRefusals(app: FastifyInstance, entra: EntraService): void {
  app.put('/entra/refusal', (request) => {
    const { code } = readBody(refusalSchema, request.body);
    entra.refuseWith(code);
    return { code };
  });
  app.delete('/entra/refusal', (_request, reply) => {
    entra.refuseWith(undefined);
    return reply.code(204).send();
  });
}

const redirectSchema = z.object({ uris: z.array(z.string().url()).max(100) }).strict();

const userSchema = z.object({ answer: z.enum(['agrees', 'declines']) }).strict();

function registerUser(app: FastifyInstance, entra: EntraService): void {
  app.put('/entra/redirect-uris', (request) => {
    const { uris } = readBody(redirectSchema, request.body);
    entra.setRedirectUris(uris);
    return { uris };
  });
  app.put('/entra/user', (request) => {
    const { answer } = readBody(userSchema, request.body);
    entra.setAnswer(answer);
    return { answer };
  });
  app.post('/entra/revoke-sign-ins', (_request, reply) => {
    entra.revokeSignIns();
    return reply.code(204).send();
  });
}

/** Tokens that expire or are refused, certificates that may sign in, and what the user does. */
export function entraControl(app: FastifyInstance, entra: EntraService): void {
  registerTokens(app, entra);
  registerRefusals(app, entra);
  registerUser(app, entra);
  app.post('/entra/certificate', (request, reply) => {
    const { certificate } = readBody(certificateSchema, request.body);
    try {
      entra.addCertificate(certificate);
    } catch {
      throw new ControlError(400, '"certificate": must be a certificate with an RSA key in PEM');
    }
    return reply.code(204).send();
  });
}
