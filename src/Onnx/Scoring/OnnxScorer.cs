using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using MLPipelines.OnnxRuntime;

namespace MLPipelines.Onnx;

/// <summary>
/// Runs the model over batches of rows: all rows at once where the model has a dimension for them, one after the other where it has not. The inputs are
/// bound where they lie, and outputs of known shape are written where they will be read. It serves one reader; any number of them share the session.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Nobody tells a kernel that it is not needed any more: what it holds goes with it.")]
internal sealed unsafe class OnnxScorer
{
    private readonly OrtApi _api;
    private readonly nint _session;
    private readonly OnnxBatching _batching;
    private readonly OrtHandle _binding;
    private readonly OrtHandle _memory;
    private readonly NativeNames _inputNames;
    private readonly NativeNames _outputNames;
    private readonly InputPort[] _inputs;
    private readonly OutputPort[] _outputs;
    private readonly nint[] _results;
    private readonly bool _hasRows;
    private readonly bool _usesGpu;
    private Batch? _rows;
    private bool _together;
    private bool _isUnbound;
    private long _step;

    internal OnnxScorer(OnnxModel model, IReadOnlyList<(OnnxPort Port, OnnxInputShape Shape, DataViewSchema.Column Column)> inputs, IReadOnlyList<OnnxPort> outputs)
    {
        OnnxSession session = model.Session;
        OrtApi api = _api = session.Api;
        (_batching, _usesGpu) = (model.Batching, session.UsesGpu);
        _memory = new OrtHandle(api, OrtRelease.MemoryInfo, api.CreateCpuMemoryInfo());
        // The session is there as long as the binding is, even when its owner gives it back.
        _binding = api.CreateBinding(session.Handle);
        _session = session.Handle.Pointer;
        _inputs = [.. inputs.Select(input => Ports.Input(api, _memory.Pointer, input.Port, input.Shape, input.Column))];
        _outputs = [.. outputs.Select(port => Ports.Output(api, _memory.Pointer, port))];
        _inputNames = new NativeNames([.. inputs.Select(input => input.Port.Name)]);
        _outputNames = new NativeNames([.. outputs.Select(port => port.Name)]);
        _results = new nint[_outputs.Length];
        _hasRows = inputs.Count > 0 && inputs.All(input => input.Shape.HasRows) && outputs.All(port => port.HasRows);
    }

    ~OnnxScorer()
    {
        foreach (InputPort input in _inputs ?? []) input.Dispose();
        foreach (OutputPort output in _outputs ?? []) output.Dispose();
    }

    /// <summary>The column of an output, computed for a batch. Several outputs of one step are computed by one run.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="step">The number of the batch.</param>
    /// <param name="output">The index of the output.</param>
    internal BatchColumn Compute(Batch rows, long step, int output)
    {
        if (step != _step)
        {
            Run(rows);
            _step = step;
        }
        return _outputs[output].Column;
    }

    private void Run(Batch rows)
    {
        _rows = rows;
        _together = rows.RowCount > 1 && _hasRows && _batching.RowsAreIndependent != false;
        foreach (InputPort input in _inputs) _together = _together && input.TakesTogether(rows);
        try
        {
            Held(0);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new OnnxRuntimeException(fault.Code, $"onnx-scoring: the ONNX model failed {(rows.RowCount == 1 ? $"in row {rows.FirstRow}" : $"in rows {rows.FirstRow} to {rows.FirstRow + rows.RowCount - 1}")}: {fault.Message} " +
                $"It was given {string.Join(", ", _inputs.Select(input => $"column '{input.Column.Name}' as {input.Given} for {input.Port.Node}"))}.");
        }
        finally
        {
            _rows = null;
        }
    }

    /// <summary>The ports hold their memory in place one within the other; here all inputs up to an index are held.</summary>
    internal void Held(int inputs)
    {
        if (inputs < _inputs.Length)
        {
            _inputs[inputs].Hold(_rows!, this, inputs);
            return;
        }
        if (_rows!.RowCount == 0)
        {
            foreach (OutputPort output in _outputs) output.Column.Clear();
            return;
        }
        if (_together && _batching.RowsAreIndependent is null)
        {
            _batching.RowsAreIndependent = RowsAreIndependent();
            _together = _batching.RowsAreIndependent == true;
        }
        try
        {
            HeldOutput(0);
        }
        catch (OnnxRuntimeException) when (Array.Exists(_outputs, output => output.IsInPlace))
        {
            // The shape that the model says for an output may be wrong, which is no reason to refuse what it gives.
            foreach (OutputPort output in _outputs) output.LeavePlace();
            HeldOutput(0);
        }
    }

    /// <summary>All inputs are held, and the outputs up to an index.</summary>
    internal void HeldOutput(int outputs)
    {
        int count = _rows!.RowCount;
        if (outputs < _outputs.Length) _outputs[outputs].Hold(count, this, outputs);
        else if (_together) RunHeld(0, count);
        else for (int row = 0; row < count; row++) RunHeld(row, 1);
    }

    private void RunHeld(int first, int count)
    {
        OrtApi api = _api;
        nint binding = _binding.Pointer;
        BindInputs(first, count);
        bool copies = false;
        for (int i = 0; i < _outputs.Length; i++)
        {
            if (!_outputs[i].IsInPlace)
            {
                // What the last run gave would be written into again.
                api.BindOutputToMemory(binding, _outputNames[i], _memory.Pointer);
                copies = true;
            }
            else if (_outputs[i].Select(first, count, out nint value) || _isUnbound)
            {
                api.BindOutput(binding, _outputNames[i], value);
            }
        }
        _isUnbound = false;
        api.Run(_session, binding);
        if (!copies) return;
        api.TakeBoundOutputs(binding, _results);
        try
        {
            for (int i = 0; i < _outputs.Length; i++)
            {
                if (!_outputs[i].IsInPlace) _outputs[i].Take(_results[i], count);
            }
        }
        finally
        {
            ReleaseResults();
        }
    }

    private void BindInputs(int first, int count)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            // A device is given a copy when an input is bound.
            if (_inputs[i].Select(first, count, out nint value) || _usesGpu) _api.BindInput(_binding.Pointer, _inputNames[i], value);
        }
    }

    /// <summary>Runs the rows that are held together, and the first and the last of them alone.</summary>
    private bool RowsAreIndependent()
    {
        int count = _rows!.RowCount;
        OnnxValue[] together;
        try
        {
            together = RunForValues(0, count);
        }
        catch (OnnxRuntimeException)
        {
            // Some models say an open size and take only one: they fail again if that is not it.
            return false;
        }
        if (!Array.TrueForAll(together, value => OnnxRows.HasOneForEach(value, count))) return false;
        foreach (int row in (ReadOnlySpan<int>)[0, count - 1])
        {
            OnnxValue[] alone = RunForValues(row, 1);
            for (int i = 0; i < alone.Length; i++)
            {
                if (!OnnxRows.AreAlike(OnnxRows.Row(together[i], row), alone[i])) return false;
            }
        }
        return true;
    }

    private OnnxValue[] RunForValues(int first, int count)
    {
        OrtApi api = _api;
        nint binding = _binding.Pointer;
        BindInputs(first, count);
        for (int i = 0; i < _outputs.Length; i++) api.BindOutputToMemory(binding, _outputNames[i], _memory.Pointer);
        _isUnbound = true;
        api.Run(_session, binding);
        api.TakeBoundOutputs(binding, _results);
        try
        {
            return Array.ConvertAll(_results, value => OnnxValueTransfer.ToManaged(api, value));
        }
        finally
        {
            ReleaseResults();
        }
    }

    private void ReleaseResults()
    {
        foreach (nint value in _results)
        {
            if (value != 0) _api.Release(OrtRelease.Value, value);
        }
        Array.Clear(_results);
    }
}
