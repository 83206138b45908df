// Runs the program of the README against a real server with its sandbox, and
// checks what it prints. The program knows nothing but the npm package pocketbase.
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import PocketBase from "pocketbase";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "tidings-sdk-"));
const program = join(here, ".readme.mjs");

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const url = `http://127.0.0.1:${port}`;
const admin = { email: "admin@example.com", password: "admin-password" };
const member = { email: "owner@example.com", password: "owner-password" };

const binary = join(scratch, "tidings");
execFileSync("go", ["build", "-o", binary, "."], { cwd: root, stdio: "inherit" });
const server = spawn(binary, ["serve", "--sandbox", `--http=127.0.0.1:${port}`, `--dir=${join(scratch, "pb_data")}`], {
  env: {
    ...process.env,
    TIDINGS_ADMIN_EMAIL: admin.email,
    TIDINGS_ADMIN_PASSWORD: admin.password,
    // Tuesday, two in the afternoon in New York: inside the hours, whenever the test runs.
    TIDINGS_CLOCK: "2026-09-15T18:00:00Z",
    PLIVO_API_URL: "http://127.0.0.1:1",
  },
  stdio: ["ignore", "inherit", "inherit"],
});
const ended = new Promise((resolve) => server.once("exit", resolve));

try {
  await started();
  await makeMember();
  const source = readFileSync(join(root, "README.md"), "utf8").match(/```js\n([\s\S]*?)```/)?.[1];
  assert.ok(source, "README.md has a program in a js block");
  writeFileSync(program, `import { EventSource } from "eventsource";\nglobalThis.EventSource = EventSource;\n${source}`);
  const printed = execFileSync(process.execPath, [program], {
    cwd: here,
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, TIDINGS_URL: url, TIDINGS_EMAIL: member.email, TIDINGS_PASSWORD: member.password },
  });
  console.log(printed);
  for (const expected of ["+14155552671", "validation_not_unique", "recipients: 1", "finished", "delivered"]) {
    assert.ok(printed.includes(expected), `the program of the README prints ${expected}`);
  }
  console.log("the program of the README works");
} finally {
  server.kill("SIGTERM");
  await ended;
  rmSync(program, { force: true });
  rmSync(scratch, { recursive: true, force: true });
}

async function started() {
  for (let tries = 0; tries < 300; tries++) {
    assert.equal(server.exitCode, null, "the server runs");
    try {
      if ((await fetch(`${url}/readyz`)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server did not start within 30 s");
}

// The first owner gets a one-time link from the superuser and sets a password,
// as a person would.
async function makeMember() {
  const pb = new PocketBase(url);
  await pb.collection("_superusers").authWithPassword(admin.email, admin.password);
  const { link } = await pb.send("/api/sms/members", { method: "POST", body: { email: member.email, role: "owner" } });
  const token = link.slice(link.lastIndexOf("/") + 1);
  await new PocketBase(url).collection("users").confirmPasswordReset(token, member.password, member.password);
}
