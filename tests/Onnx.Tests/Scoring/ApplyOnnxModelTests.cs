using Google.Protobuf;
using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Testing;
using MLPipelines.Transforms.Onnx;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Tests;

/// <summary>Models as steps of a chain.</summary>
public sealed class ApplyOnnxModelTests
{
    private static readonly MLContext Context = new(1);

    private static MemoryView Rows(int batchSize = Batch.DefaultRowCount) => new MemoryView(batchSize).AddVectors("x", [[1f, 2, 3], [0, 0, 0], [-1, 0, 2]]);

    private static OnnxScoringEstimator Apply(byte[] model) => Context.Transforms.ApplyOnnxModel(new MemoryStream(model));

    private static T[] Column<T>(IDataView view, string name) => [.. view.GetColumn<T>(name)];

    [NativeRuntimeFact]
    public void Outputs_become_columns_beside_the_inputs()
    {
        MemoryView data = Rows();
        IDataView output = Apply(SmallModels.Linear()).Fit(data).Transform(data);
        Assert.Equal("x: Vector<Single, 3>, y: Vector<Single, 1, 2>, total: Vector<Single, 1, 1>", output.Schema.ToString());
        // By hand: 1·1 + 2·3 + 3·5 + 10 = 32 and 1·2 + 2·4 + 3·6 + 20 = 48.
        Assert.Equal([[32f, 48], [10, 20], [19, 30]], Column<float[]>(output, "y"));
        Assert.Equal([[6f], [0], [1]], Column<float[]>(output, "total"));
    }

    [NativeRuntimeFact]
    public void Only_the_outputs_that_are_named_become_columns()
    {
        MemoryView data = Rows();
        IDataView output = Context.Transforms.ApplyOnnxModel("total", "x", new MemoryStream(SmallModels.Linear())).Fit(data).Transform(data);
        Assert.Equal(["x", "total"], output.Schema.Select(column => column.Name));
    }

    [NativeRuntimeFact]
    public void A_model_for_one_row_is_run_for_each()
    {
        MemoryView data = Rows();
        IDataView output = Apply(SmallModels.Linear(rows: 1)).Fit(data).Transform(data);
        Assert.Equal([[32f, 48], [10, 20], [19, 30]], Column<float[]>(output, "y"));
    }

    [NativeRuntimeFact]
    public void Rows_that_would_change_each_other_are_run_alone()
    {
        // Alone every row is its own mean, and gives twice itself.
        MemoryView data = new MemoryView().AddVectors("x", [[1f, 2], [3, 4], [5, 6]]);
        Assert.Equal([[2f, 4], [6, 8], [10, 12]], Column<float[]>(Apply(SmallModels.Mixing()).Fit(data).Transform(data), "y"));
        // A run of one row comes first, which says nothing yet of several.
        MemoryView uneven = new MemoryView(batchSize: 3).AddVectors("x", [[1f, 2], [0, 0], [0, 0], [3, 4], [5, 6], [7, 8]]).Add("keep", 1f, 0, 0, 1, 1, 1);
        IDataView kept = Context.Data.FilterRowsByColumn(uneven, "keep", lowerBound: 0.5);
        Assert.Equal([[2f, 4], [6, 8], [10, 12], [14, 16]], Column<float[]>(Apply(SmallModels.Mixing()).Fit(kept).Transform(kept), "y"));
    }

    [NativeRuntimeFact]
    public void Every_number_type_goes_in_and_comes_out()
    {
        Check(TensorType.Float, 1.5f, -2f);
        Check(TensorType.Double, 1.5, -2);
        Check<sbyte>(TensorType.Int8, -128, 127);
        Check<byte>(TensorType.Uint8, 0, 255);
        Check<short>(TensorType.Int16, short.MinValue, short.MaxValue);
        Check<ushort>(TensorType.Uint16, 0, ushort.MaxValue);
        Check(TensorType.Int32, int.MinValue, int.MaxValue);
        Check(TensorType.Uint32, 0u, uint.MaxValue);
        Check(TensorType.Int64, long.MinValue, long.MaxValue);
        Check(TensorType.Uint64, 0ul, ulong.MaxValue);
        Check(TensorType.Bool, true, false);
        Check(TensorType.Float16, 1.5f, -65504f);
        Check(TensorType.Bfloat16, 1.5f, -3.0e38f, tolerance: 1e-2f);

        static void Check<T>(TensorType type, T a, T b, float tolerance = 0) where T : unmanaged
        {
            MemoryView data = new MemoryView().Add("x", a, b, a);
            T[] given = [.. Column<T[]>(Apply(SmallModels.Identity(type, -1, 1)).Fit(data).Transform(data), "y").Select(row => row.Single())];
            if (tolerance == 0) Assert.Equal([a, b, a], given);
            else Assert.Equal(1, Convert.ToSingle(given[1], null) / Convert.ToSingle(b, null), tolerance);
        }
    }

    [NativeRuntimeFact]
    public void Texts_go_in_and_come_out()
    {
        MemoryView data = new MemoryView().AddText("x", "naïve", "", "日本語 😀", "plain");
        Assert.Equal([["naïve"], [""], ["日本語 😀"], ["plain"]], Column<string[]>(Apply(SmallModels.Identity(TensorType.String, -1, 1)).Fit(data).Transform(data), "y"));
        MemoryView lists = new MemoryView().AddTexts("x", [["a", "b"], ["", "dd"]]);
        Assert.Equal([["a", "b"], ["", "dd"]], Column<string[]>(Apply(SmallModels.Identity(TensorType.String, -1, 2)).Fit(lists).Transform(lists), "y"));
    }

    [NativeRuntimeFact]
    public void A_scalar_of_the_model_is_a_scalar_column()
    {
        MemoryView data = new MemoryView().Add("x", 3L, 4L);
        IDataView output = Apply(SmallModels.Identity(TensorType.Int64)).Fit(data).Transform(data);
        Assert.Equal(NumberDataViewType.Int64, output.Schema["y"].Type);
        Assert.Equal([3L, 4], Column<long>(output, "y"));
    }

    [NativeRuntimeFact]
    public void An_open_size_follows_from_the_length_of_the_row()
    {
        MemoryView data = new MemoryView().AddVectors("x", [[1f, 2], [3], [], [4, 5]], isVariable: true);
        IDataView output = Apply(SmallModels.Identity(TensorType.Float, -1, -1)).Fit(data).Transform(data);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), output.Schema["y"].Type);
        Assert.Equal([[1f, 2], [3], [], [4, 5]], Column<float[]>(output, "y"));
    }

    [NativeRuntimeFact]
    public void Shapes_can_be_given()
    {
        MemoryView data = new MemoryView().AddVectors("x", [[1f, 2, 3, 4], [5, 6, 7, 8]]);
        byte[] model = SmallModels.Identity(TensorType.Float, -1, -1, -1);
        Exception open = Assert.ThrowsAny<Exception>(() => Apply(model).Fit(data));
        Assert.Contains("column 'x' is Vector<Single, 4>", open.Message);
        Assert.Contains("shapeDictionary", open.Message);
        var shapes = new Dictionary<string, int[]> { ["x"] = [1, 2, 2], ["y"] = [1, 2, 2] };
        IDataView output = Context.Transforms.ApplyOnnxModel(new MemoryStream(model), shapes).Fit(data).Transform(data);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 1, 2, 2), output.Schema["y"].Type);
        Assert.Equal([[1f, 2, 3, 4], [5, 6, 7, 8]], Column<float[]>(output, "y"));
        Assert.Contains("'z'", Assert.Throws<ArgumentException>(() => Context.Transforms.ApplyOnnxModel(new MemoryStream(model), new Dictionary<string, int[]> { ["z"] = [1] })).Message);
        Assert.Contains("does not fit", Assert.Throws<ArgumentException>(() => Context.Transforms.ApplyOnnxModel(new MemoryStream(SmallModels.Linear()), new Dictionary<string, int[]> { ["x"] = [1, 4] })).Message);
    }

    [NativeRuntimeFact]
    public void An_output_of_any_length_is_said_to_be_so()
    {
        MemoryView data = new MemoryView().AddVectors("x", [[0f, 5, 0, 6], [0f, 0, 0, 0], [1f, 0, 0, 0]]);
        IDataView wrong = Apply(SmallModels.Places()).Fit(data).Transform(data);
        string message = Assert.Throws<MLPipelinesException>(() => Column<long[]>(wrong, "y")).Message;
        Assert.Contains("output 'y' tensor(int64)[rows,2] has 2 items for each of 1 row(s), but gave a tensor of shape [2,2]", message);
        Assert.Contains("shapeDictionary", message);
        IDataView output = Context.Transforms.ApplyOnnxModel(new MemoryStream(SmallModels.Places()), new Dictionary<string, int[]> { ["y"] = [-1, 2] }).Fit(data).Transform(data);
        Assert.Equal([[0L, 1, 0, 3], [], [0, 0]], Column<long[]>(output, "y"));
    }

    [NativeRuntimeFact]
    public void The_number_of_a_key_goes_in()
    {
        MemoryView data = new MemoryView().AddKeys("x", [2, 0, 1], "red", "green");
        Assert.Equal([[2u], [0], [1]], Column<uint[]>(Apply(SmallModels.Identity(TensorType.Uint32, -1, 1)).Fit(data).Transform(data), "y"));
    }

    [NativeRuntimeFact]
    public void Sparse_rows_are_filled_up()
    {
        MemoryView data = new MemoryView().AddSparse("x", [[0f, 0, 3], [1, 0, 0]]);
        Assert.Equal([[25f, 38], [11, 22]], Column<float[]>(Apply(SmallModels.Linear()).Fit(data).Transform(data), "y"));
    }

    [NativeRuntimeFact]
    public void A_column_that_does_not_fit_is_named_with_what_the_model_takes()
    {
        Assert.Contains("column 'x' is Double, expected Single for the ONNX model's input 'x' tensor(float)[rows,3]",
            Assert.ThrowsAny<ArgumentException>(() => Apply(SmallModels.Linear()).Fit(new MemoryView().Add("x", 1.0))).Message);
        Assert.Contains("column 'x' is Vector<Single, 2>, the ONNX model's input 'x' tensor(float)[rows,3]: a row fills 3 items, the column has 2",
            Assert.ThrowsAny<ArgumentException>(() => Apply(SmallModels.Linear()).Fit(new MemoryView().AddVectors("x", [[1f, 2]]))).Message);
        Assert.Contains("has no output 'z'. Its outputs are 'y' tensor(float)[rows,2], 'total'",
            Assert.ThrowsAny<ArgumentException>(() => Context.Transforms.ApplyOnnxModel("z", "x", new MemoryStream(SmallModels.Linear()))).Message);
        MemoryView shorter = new MemoryView().AddVectors("x", [[1f, 2, 3], [1, 2]], isVariable: true);
        IDataView output = Apply(SmallModels.Linear()).Fit(shorter).Transform(shorter);
        Assert.Contains("column 'x' has a row of 2 items, which does not fill [rows,3]", Assert.Throws<MLPipelinesException>(() => Column<float[]>(output, "y")).Message);
    }

    [NativeRuntimeFact]
    public void What_is_no_model_is_told_at_once()
    {
        Assert.Contains("is not an ONNX file", Assert.ThrowsAny<MLPipelinesException>(() => Apply([1, 2, 3, 4, 5])).Message);
        Assert.Contains("nowhere.onnx", Assert.Throws<FileNotFoundException>(() => Context.Transforms.ApplyOnnxModel("nowhere.onnx")).Message);
    }

    [NativeRuntimeFact]
    public void A_device_that_is_not_there_is_an_error_or_left_for_the_processor()
    {
        if (OnnxRuntimeLibrary.Current.Api.Providers().Contains("CUDAExecutionProvider")) return;
        string message = Assert.Throws<OnnxRuntime.OnnxRuntimeException>(() => Context.Transforms.ApplyOnnxModel(new MemoryStream(SmallModels.Linear()), gpuDeviceId: 0)).Message;
        Assert.Contains("cannot run on CUDA device 0", message);
        Assert.Contains("fallbackToCpu", message);
        MemoryView data = Rows();
        Assert.Equal([6f, 0, 1], Column<float[]>(Context.Transforms.ApplyOnnxModel(new MemoryStream(SmallModels.Linear()), gpuDeviceId: 0, fallbackToCpu: true).Fit(data).Transform(data), "total").Select(row => row[0]));
    }

    [NativeRuntimeFact]
    public void A_prediction_engine_serves_many_threads_and_allocates_its_answer_only()
    {
        MemoryView data = Rows();
        using var engine = Context.Model.CreatePredictionEngine<Input, Output>(Apply(SmallModels.Linear()).Fit(data), data.Schema);
        Parallel.For(0, 200, i => Assert.Equal([10 + (9f * i), 20 + (12f * i)], engine.Predict(new Input { X = [i, i, i] }).Y));
        var (input, output) = (new Input { X = [1, 1, 1] }, new Output());
        for (int i = 0; i < 100; i++) engine.Predict(input, ref output);
        Assert.Equal(0, Allocation.Of(() => engine.Predict(input, ref output), calls: 200));
    }

    [NativeRuntimeFact]
    public void A_model_that_is_given_back_is_opened_again_for_others()
    {
        MemoryView data = Rows();
        OnnxScoringEstimator estimator = Apply(SmallModels.Linear());
        OnnxTransformer first = estimator.Fit(data), second = estimator.Fit(data);
        first.Dispose();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Transform(data));
        Assert.Equal(3, Column<float[]>(second.Transform(data), "y").Length);
    }

    [NativeRuntimeFact]
    public void A_saved_step_holds_the_model_as_it_was()
    {
        MemoryView data = Rows();
        byte[] model = SmallModels.Linear();
        using var file = new MemoryStream();
        Context.Model.Save(Apply(model).Fit(data), data.Schema, file);
        using var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Read, leaveOpen: true);
        using Stream entry = zip.Entries.Single(e => e.Name == "model.onnx").Open();
        using var kept = new MemoryStream();
        entry.CopyTo(kept);
        Assert.Equal(model, kept.ToArray());
    }

    [NativeRuntimeFact]
    public void Slot_names_of_exported_chains_are_kept_and_endings_left_out()
    {
        // As ML.NET writes them: an encoder that nobody asks.
        var graph = new GraphBuilder(SmallModels.Opset);
        graph.Output("y.output", graph.Node("Identity", TensorType.Float, [-1, 2], [graph.Input("x", TensorType.Float, -1, 2)]));
        GraphValue names = graph.Constant(["one"], 1, 1);
        graph.Output("mlnet.y.unusedOutput", graph.Nodes("LabelEncoder", "ai.onnx.ml", [(TensorType.Int64, [1, 1])], [names], ("keys_strings", new[] { "width", "height" }), ("values_int64s", new long[] { 0, 1 }))[0]);
        ModelProto model = ModelProto.Parser.ParseFrom(SmallModels.Bytes(graph));
        model.Graph.Node.Single(node => node.OpType == "LabelEncoder").Name = "mlnet.y.SlotNames";
        MemoryView data = new MemoryView().AddVectors("x", [[1f, 2]]);
        IDataView output = Apply(model.ToByteArray()).Fit(data).Transform(data);
        Assert.Equal(["x", "y"], output.Schema.Select(column => column.Name));
        Assert.Equal(["width", "height"], output.Schema["y"].SlotNamesOrNull()!);
        Assert.Equal([[1f, 2]], Column<float[]>(output, "y"));
    }

    [NativeRuntimeFact]
    public void A_model_with_weights_beside_it_runs_and_is_not_saved_without_them()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("onnx-external-");
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(SmallModels.Linear());
            TensorProto weights = model.Graph.Initializer.Single(tensor => tensor.Dims.SequenceEqual([3L, 2]));
            File.WriteAllBytes(Path.Combine(folder.FullName, "weights.bin"), weights.RawData.ToByteArray());
            weights.ClearRawData();
            weights.DataLocation = TensorProto.Types.DataLocation.External;
            weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
            string file = Path.Combine(folder.FullName, "model.onnx");
            File.WriteAllBytes(file, model.ToByteArray());
            MemoryView data = Rows();
            OnnxTransformer transformer = Context.Transforms.ApplyOnnxModel(file).Fit(data);
            Assert.Equal([[32f, 48], [10, 20], [19, 30]], Column<float[]>(transformer.Transform(data), "y"));
            string message = Assert.Throws<MLPipelinesException>(() => Context.Model.Save(transformer, data.Schema, new MemoryStream())).Message;
            Assert.Contains("'weights.bin'", message);
            transformer.Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Input
    {
        [ColumnName("x"), VectorType(3)]
        public float[] X { get; set; } = [];
    }

    private sealed class Output
    {
        [ColumnName("y")]
        public float[] Y { get; set; } = [];
    }

    public static TheoryData<string> ContractPromises => NativeRuntime.PromisesOf<Contract>();

    [NativeRuntimeTheory]
    [MemberData(nameof(ContractPromises))]
    public void The_contract_of_estimators_is_kept(string promise) => NativeRuntime.Check(new Contract(), promise);

    private sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["x"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.ApplyOnnxModel(new MemoryStream(SmallModels.Linear()));

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("x", [[1f, 2, 3], [0, 0, 0], [-1, 0, 2], [4, 4, 4]]);

        protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("x", "a", "b");
    }
}
