import * as z from 'zod';
import { EvidenceBody } from '../../shared/domain/preventive/evidence/adding.ts';
import { Evidence } from '../../shared/domain/preventive/evidence/evidence.ts';
import { FindingBody, FindingPatch } from '../../shared/domain/preventive/finding/body.ts';
import { Finding } from '../../shared/domain/preventive/finding/finding.ts';
import { ReviewSection, SectionName } from '../../shared/domain/preventive/review/section.ts';
import { SectionBody } from '../../shared/domain/preventive/review/section-writing.ts';
import { Instant } from '../../shared/domain/time.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import {
  addEvidence,
  fileAddress,
  fileArrived,
  removeEvidence,
  showEvidence,
} from '../../shared/workflow/reviews/add-evidence.ts';
import { patchFinding, putFinding, removeFinding } from '../../shared/workflow/reviews/put-finding.ts';
import { showFinding, showSection } from '../../shared/workflow/reviews/read-part.ts';
import { writeSection } from '../../shared/workflow/reviews/write-section.ts';

const { kind: _section, clientId: _ofSection, ...section } = ReviewSection.shape;
export const SectionView = z.object({ ...section, writtenBy: z.object(section.writtenBy.shape) });

const { kind: _finding, clientId: _ofFinding, ...finding } = Finding.shape;
export const FindingView = z.object({ ...finding, writtenBy: z.object(finding.writtenBy.shape) });

const { kind: _evidence, clientId: _ofEvidence, ...evidence } = Evidence.shape;
const { key: _key, ...file } = evidence.file.unwrap().shape;
export const EvidenceView = z.object({
  ...evidence,
  file: z.object(file).optional(),
  addedBy: z.object(evidence.addedBy.shape),
  upload: z
    .object({ url: z.string(), headers: z.record(z.string(), z.string()), expiresAt: Instant })
    .describe('Upload the file here with PUT and exactly these headers, then confirm the upload.')
    .optional(),
});
const Download = z.object({ url: z.string(), expiresAt: Instant });

const by = z.string().describe('Id of the person who does this, if not the caller.').optional();
const ByBody = z.strictObject({ by }).default({});
const ByQuery = z.strictObject({ by });
const SectionPath = z.object({ id: z.string(), name: SectionName });

const REVIEW = '/v1/reviews/{id}';
interface Part {
  reviewId: string;
  id: string;
}

const sections: Route[] = [
  route(
    `GET ${REVIEW}/sections/{name}`,
    { about: 'Shows a section of a review.', needs: 'read', path: SectionPath, response: SectionView },
    ({ ports, caller, path }) => showSection(ports, caller.principal, path),
  ),
  route(
    `PUT ${REVIEW}/sections/{name}`,
    {
      about: 'Writes a section. To replace text by another person, send If-Match with the version you read.',
      needs: 'write',
      path: SectionPath,
      body: SectionBody,
      response: SectionView,
    },
    ({ ports, caller, ifMatch, path, body }) =>
      writeSection(ports, { ...caller, ifMatch }, { ...path, body }),
  ),
];

const FINDING = `${REVIEW}/findings/{findingId}` as const;

const findings: Route[] = [
  route(
    `POST ${REVIEW}/findings`,
    {
      about: 'Adds a finding: which findings it answers, its evidence, and whether it is a cause.',
      needs: 'write',
      body: FindingBody,
      response: FindingView,
      status: 201,
      location: ({ reviewId, id }: Part) => `/v1/reviews/${reviewId}/findings/${id}`,
    },
    ({ ports, caller, path, body }) => putFinding(ports, caller, { id: path.id, body }),
  ),
  route(
    `GET ${FINDING}`,
    { about: 'Shows a finding.', needs: 'read', response: FindingView },
    ({ ports, caller, path }) => showFinding(ports, caller.principal, path),
  ),
  route(
    `PATCH ${FINDING}`,
    {
      about: 'Changes a finding. To change one by another person, send If-Match with the version you read.',
      needs: 'write',
      body: FindingPatch,
      response: FindingView,
    },
    ({ ports, caller, ifMatch, path, body: { by, ...patch } }) =>
      patchFinding(ports, { ...caller, ifMatch }, { ...path, by, patch }),
  ),
  route(
    `DELETE ${FINDING}`,
    {
      about: 'Removes a finding that no other finding answers.',
      needs: 'write',
      query: ByQuery,
      status: 204,
    },
    ({ ports, caller, ifMatch, path, query }) =>
      removeFinding(ports, { ...caller, ifMatch }, { ...path, by: query.by }),
  ),
];

const EVIDENCE = `${REVIEW}/evidence/{evidenceId}` as const;

const evidences: Route[] = [
  route(
    `POST ${REVIEW}/evidence`,
    {
      about:
        'Adds evidence: a link, a log group, a picture of a metric, or a file. The response says where to upload a file.',
      needs: 'write',
      body: EvidenceBody,
      response: EvidenceView,
      status: 201,
      location: ({ reviewId, id }: Part) => `/v1/reviews/${reviewId}/evidence/${id}`,
      secrets: ['upload'],
    },
    ({ ports, caller, path, body }) => addEvidence(ports, caller, { id: path.id, body }),
  ),
  route(
    `GET ${EVIDENCE}`,
    {
      about: 'Shows a piece of evidence, with the upload address while its file is missing.',
      needs: 'read',
      response: EvidenceView,
    },
    ({ ports, caller, path }) => showEvidence(ports, caller.principal, path),
  ),
  route(
    `POST ${EVIDENCE}/arrival`,
    {
      about: 'Confirms that the file was uploaded. Firebreak checks the file and adds it to the review.',
      needs: 'write',
      body: ByBody,
      response: EvidenceView,
    },
    ({ ports, caller, path, body }) => fileArrived(ports, caller, { ...path, by: body.by }),
  ),
  route(
    `GET ${EVIDENCE}/file`,
    {
      about: 'Returns a download address that works for a few minutes.',
      needs: 'read',
      response: Download,
    },
    ({ ports, caller, path }) => fileAddress(ports, caller.principal, path),
  ),
  route(
    `DELETE ${EVIDENCE}`,
    { about: 'Removes evidence that no finding uses.', needs: 'write', query: ByQuery, status: 204 },
    ({ ports, caller, ifMatch, path, query }) =>
      removeEvidence(ports, { ...caller, ifMatch }, { ...path, by: query.by }),
  ),
];

export const routes: Route[] = [...sections, ...findings, ...evidences];
