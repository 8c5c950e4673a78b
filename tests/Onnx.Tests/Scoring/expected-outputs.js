// Writes expected-outputs.json: what ONNX Runtime's own binding for Node.js gives for the public models, on numbers that need no file.
//   npm install onnxruntime-node@1.30.0 && MLPIPELINES_DATASETS=... node expected-outputs.js
// Item i of an input is scale * ((37 * i) % 101) / 101. Of a large output every n-th number is kept.
const ort = require('onnxruntime-node'), fs = require('fs'), path = require('path');
const folder = path.join(process.env.MLPIPELINES_DATASETS, 'onnx');

function numbers(count, scale) {
  return Float32Array.from({ length: count }, (_, i) => scale * (((37 * i) % 101) / 101));
}

async function run(file, inputs, outputs, texts = {}) {
  const session = await ort.InferenceSession.create(path.join(folder, file));
  const feeds = {}, said = [];
  for (const [name, shape, scale] of inputs) {
    const count = shape.reduce((a, b) => a * b, 1);
    feeds[name] = new ort.Tensor('float32', numbers(count, scale), shape);
    said.push({ name, shape, scale });
  }
  for (const [name, value] of Object.entries(texts)) feeds[name] = new ort.Tensor('string', [value], [1, 1]);
  const results = await session.run(feeds, outputs);
  return {
    file, inputs: said,
    outputs: Object.keys(results).map(name => {
      const data = Array.from(results[name].data, Number), every = Math.max(1, Math.floor(data.length / 40));
      return { name, shape: results[name].dims, every, values: data.filter((_, i) => i % every === 0).map(x => +x.toPrecision(7)) };
    })
  };
}

// Three chunks of sound, one after the other: the state that comes out of one goes into the next.
async function voice(file) {
  const session = await ort.InferenceSession.create(path.join(folder, file)), steps = [];
  let state = new ort.Tensor('float32', new Float32Array(256), [2, 1, 128]);
  const sr = new ort.Tensor('int64', BigInt64Array.from([16000n]), []);
  for (let step = 0; step < 3; step++) {
    const input = new ort.Tensor('float32', numbers(576, 0.2 * (step + 1)), [1, 576]);
    const results = await session.run({ input, state, sr });
    state = results.stateN;
    steps.push({ probability: +results.output.data[0].toPrecision(7), state: Array.from(state.data).filter((_, i) => i % 32 === 0).map(x => +x.toPrecision(7)) });
  }
  return { file, steps };
}

(async () => {
  const runs = [];
  runs.push(await run('ultraface-RFB-320.onnx', [['input', [1, 3, 240, 320], 2]]));
  runs.push(await run('FastestDet.onnx', [['input.1', [1, 3, 352, 352], 1]]));
  runs.push(await run('mnist-cnn.onnx', [['Input3', [1, 1, 28, 28], 255]]));
  runs.push(await run('single_relu.onnx', [['x', [1, 2], -3]]));
  runs.push(await run('ankane-sigmoid.onnx', [['x', [3, 4, 5], 4]]));
  runs.push(await run('ankane-model.onnx', [['x', [3, 4, 5], 4]]));
  runs.push(await run('ankane-mul_1.onnx', [['X', [3, 2], 3]]));
  runs.push(await run('ankane-logreg_iris.onnx', [['float_input', [3, 2], 5]], ['label']));
  runs.push(await run('ankane-lightgbm.onnx', [['input', [1, 2], 5]], ['label']));
  runs.push(await run('ankane-randomforest.onnx', [['float_input', [1, 4], 9]], ['output_label']));
  runs.push(await run('mlnet-testdata/twoinput.onnx', [['ina', [1, 1, 1, 5], 1], ['inb', [1, 1, 1, 5], 2]]));
  runs.push(await run('mlnet-testdata/linear_regression.onnx', [['features', [1, 4], 3]]));
  runs.push(await run('mlnet-exported-multiclass-LR-breast-cancer.onnx', [['Features', [1, 8], 10]], ['Features.onnx', 'Score.onnx'], { Label: '1' }));
  const voices = [await voice('silero_vad.onnx'), await voice('silero_vad_16k_op15.onnx')];
  fs.writeFileSync(path.join(__dirname, 'expected-outputs.json'), JSON.stringify({ runs, voices }, null, 1).replace(/\n\s+(-?[\d.e+-]+,?)(?=\n)/g, ' $1').replace(/\n\s+\]/g, ' ]') + '\n');
})();
