import 'reflect-metadata';
import serverlessExpress from '@codegenie/serverless-express';
import { Controller, Get, Inject, Injectable, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { moduleGraph } from '../shared/module-graph.mjs';

/** Bootstraps `size` modules with ten controllers each. */
export async function start(size: number) {
  const root = moduleGraph({ Controller, Get, Inject, Injectable, Module, Param }, size);
  const app = await NestFactory.create(root, new ExpressAdapter(), { logger: false });
  await app.init();
  return serverlessExpress({ app: app.getHttpAdapter().getInstance(), resolutionMode: 'PROMISE' });
}
