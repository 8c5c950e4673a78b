// Fetches the packages of package-lock.json, once. They are fetched into a folder of their own, which then takes its place in one step: builds
// that run side by side do each other no harm, and one that is stopped leaves nothing half done. Called by the build with a folder for its work.
const { spawnSync } = require('child_process'), fs = require('fs'), path = require('path');

const work = process.argv[2], packages = path.join(__dirname, 'node_modules'), done = path.join(packages, '.fetched');
const lock = fs.readFileSync(path.join(__dirname, 'package-lock.json'), 'utf8');
const read = file => fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;

// What failed, for want of a network perhaps, is not tried again by every build of the next ten minutes.
const failed = path.join(work, 'onnxruntime-node.failed');
const failedLately = () => read(failed) === lock && Date.now() - fs.statSync(failed).mtimeMs < 600000;

if (read(done) !== lock && !failedLately()) {
  fs.mkdirSync(work, { recursive: true });
  const folder = fs.mkdtempSync(path.join(work, 'npm-'));
  for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(__dirname, file), path.join(folder, file));
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=0', '--fetch-timeout=60000'],
    { cwd: folder, stdio: 'ignore', shell: process.platform === 'win32', timeout: 300000 });
  if (npm.status === 0 && read(done) !== lock) {
    fs.writeFileSync(path.join(folder, 'node_modules', '.fetched'), lock);
    try {
      if (fs.existsSync(packages)) fs.renameSync(packages, path.join(folder, 'old'));
      fs.renameSync(path.join(folder, 'node_modules'), packages);
    } catch {
      // Another build was faster; what it fetched is the same.
    }
  } else if (npm.status !== 0) {
    fs.writeFileSync(failed, lock);
  }
  fs.rmSync(folder, { recursive: true, force: true });
} else if (read(done) === lock) {
  // The build compares times.
  fs.utimesSync(done, new Date(), new Date());
}
