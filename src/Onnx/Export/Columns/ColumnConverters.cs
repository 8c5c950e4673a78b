using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Export.Columns;

/// <summary>Steps that put columns together, copy them or leave them out.</summary>
internal static class ColumnConverters
{
    internal static void Concatenate(StepExport step)
    {
        string output = step.Saved.GetString("output");
        step.Set(output, step.Graph.Concat([.. step.Saved.GetStrings("inputs").Select(step.Column)]));
    }

    internal static void Copy(StepExport step) => step.SetEach((column, _, _) => column);

    internal static void Select(StepExport step) => step.Keep(step.Output.Where(column => !column.IsHidden).Select(column => column.Name));
}
