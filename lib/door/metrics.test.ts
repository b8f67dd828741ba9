import { type IncomingHttpHeaders, IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { newSecretText } from '#lib/crypto/testing.ts'
