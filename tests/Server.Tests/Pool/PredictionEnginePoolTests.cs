using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MLPipelines.Data;
using MLPipelines.Extensions.ML;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace MLPipelines.Server.Tests.Pool;

public sealed class PredictionEnginePoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly MLContext _context = new(seed: 1);

    public sealed class House
    {
        public float Size { get; set; }

        public float Price { get; set; }
    }

    public sealed class Estimate
    {
        public float Score { get; set; }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A model of a price per size.</summary>
    private string Save(string name, float perSize)
    {
        House[] houses = [.. Enumerable.Range(1, 20).Select(i => new House { Size = i, Price = perSize * i })];
        IDataView data = _context.Data.LoadFromEnumerable(houses);
        ITransformer model = _context.Transforms.Concatenate("Features", "Size").Append(_context.Regression.Trainers.Ols("Price")).Fit(data);
        string path = Path.Combine(_folder, name);
        _context.Model.Save(model, data.Schema, path);
        return path;
    }

    private static ServiceProvider Services(Action<PredictionEnginePoolBuilder<House, Estimate>> add, ILoggerProvider? logs = null)
    {
        var services = new ServiceCollection();
        if (logs is not null) services.AddLogging(logging => logging.AddProvider(logs));
        add(services.AddPredictionEnginePool<House, Estimate>());
        return services.BuildServiceProvider();
    }

    private static float PriceOf10(PredictionEnginePool<House, Estimate> pool, string name = "") => pool.Predict(name, new House { Size = 10 }).Score;

    private static void Until(Func<bool> condition)
    {
        for (int i = 0; i < 600 && !condition(); i++) Thread.Sleep(50);
        Assert.True(condition());
    }

    [Fact]
    public void Models_are_asked_for_by_name()
    {
        using ServiceProvider services = Services(builder => builder.FromFile(Save("two.zip", 2), watchForChanges: false).FromFile("dear", Save("five.zip", 5)));
        var pool = services.GetRequiredService<PredictionEnginePool<House, Estimate>>();
        Assert.Equal(20, pool.Predict(new House { Size = 10 }).Score, 0.01);
        Assert.Equal(50, PriceOf10(pool, "dear"), 0.01);
        PredictionEngine<House, Estimate> engine = pool.GetPredictionEngine("dear");
        Assert.Equal(15, engine.Predict(new House { Size = 3 }).Score, 0.01);
        pool.ReturnPredictionEngine("dear", engine);
        Assert.NotNull(pool.GetModel("dear"));
        Assert.NotSame(pool.GetModel(), pool.GetModel("dear"));
        Assert.Contains("'cheap'", Assert.Throws<ArgumentException>(() => pool.GetPredictionEngine("cheap")).Message, StringComparison.Ordinal);
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.GetPredictionEngine());
    }

    [Fact]
    public void A_pool_without_a_nameless_model_says_so()
    {
        using ServiceProvider services = Services(builder => builder.FromFile("dear", Save("five.zip", 5)));
        var pool = services.GetRequiredService<PredictionEnginePool<House, Estimate>>();
        Assert.Throws<ArgumentException>(() => pool.Predict(new House()));
        Assert.Equal(50, PriceOf10(pool, "dear"), 0.01);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using ServiceProvider services = Services(builder => builder.FromFile(Path.Combine(_folder, "absent.zip")));
        Assert.Contains("absent.zip", Assert.Throws<FileNotFoundException>(services.GetRequiredService<PredictionEnginePool<House, Estimate>>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_replaced_under_use_is_used_by_the_next_predictions_and_a_bad_one_is_not()
    {
        var logs = new Logs();
        string path = Save("model.zip", 2);
        using ServiceProvider services = Services(builder => builder.FromFile("house", path), logs);
        var pool = services.GetRequiredService<PredictionEnginePool<House, Estimate>>();
        Assert.Equal(20, PriceOf10(pool, "house"), 0.01);
        using var ended = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<int, int>();
        Task[] users = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!ended.IsCancellationRequested) seen[(int)MathF.Round(PriceOf10(pool, "house"))] = 1;
        }))];
        // Saving writes beside the file and renames.
        Save("model.zip", 5);
        Until(() => seen.ContainsKey(50));
        // A program that writes into the file.
        File.WriteAllBytes(path, File.ReadAllBytes(Save("other.zip", 7)));
        Until(() => seen.ContainsKey(70));
        File.WriteAllText(path, "not a model");
        Until(() => logs.Lines.Any(line => line.Contains("could not be loaded again", StringComparison.Ordinal)));
        Assert.Equal(70, PriceOf10(pool, "house"), 0.01);
        Save("model.zip", 9);
        Until(() => seen.ContainsKey(90));
        await ended.CancelAsync();
        await Task.WhenAll(users);
        Assert.Equal([20, 50, 70, 90], seen.Keys.Order());
    }

    [Fact]
    public void A_model_that_does_not_fit_the_classes_is_reported_and_the_one_before_it_stays()
    {
        var logs = new Logs();
        string path = Save("model.zip", 2);
        using ServiceProvider services = Services(builder => builder.FromFile("house", path), logs);
        var pool = services.GetRequiredService<PredictionEnginePool<House, Estimate>>();
        Assert.Equal(20, PriceOf10(pool, "house"), 0.01);
        IDataView data = _context.Data.LoadFromEnumerable([new { Size = "large" }]);
        _context.Model.Save(_context.Transforms.Text.FeaturizeText("Features", "Size").Fit(data), data.Schema, path);
        Until(() => logs.Lines.Any(line => line.Contains("does not fit House", StringComparison.Ordinal)));
        Assert.Equal(20, PriceOf10(pool, "house"), 0.01);
    }

    [Fact]
    public async Task A_model_of_a_web_address_is_fetched_again_when_its_tag_changes()
    {
        byte[] content = await File.ReadAllBytesAsync(Save("two.zip", 2));
        string tag = "\"1\"";
        int fetched = 0, unchanged = 0;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using WebApplication server = builder.Build();
        server.MapGet("/model.zip", (HttpContext http) =>
        {
            if (http.Request.Headers.IfNoneMatch == tag)
            {
                Interlocked.Increment(ref unchanged);
                return Results.StatusCode(304);
            }
            Interlocked.Increment(ref fetched);
            http.Response.Headers.ETag = tag;
            return Results.Bytes(content);
        });
        await server.StartAsync();
        string address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var logs = new Logs();
        using ServiceProvider services = Services(pool => pool.FromUri("house", $"{address}/model.zip", TimeSpan.FromMilliseconds(50)), logs);
        var pool = services.GetRequiredService<PredictionEnginePool<House, Estimate>>();
        Assert.Equal(20, PriceOf10(pool, "house"), 0.01);
        Until(() => unchanged > 2);
        Assert.Equal(1, fetched);
        (content, tag) = (Encoding.UTF8.GetBytes("no model"), "\"2\"");
        Until(() => logs.Lines.Any(line => line.Contains("could not be loaded again", StringComparison.Ordinal)));
        Assert.Equal(20, PriceOf10(pool, "house"), 0.01);
        (content, tag) = (await File.ReadAllBytesAsync(Save("five.zip", 5)), "\"3\"");
        Until(() => MathF.Round(PriceOf10(pool, "house")) == 50);
    }

    [Fact]
    public void A_loader_of_ones_own_replaces_the_model_by_its_token()
    {
        var loader = new OwnLoader { Model = _context.Model.Load(Save("two.zip", 2), out _) };
        using ServiceProvider services = Services(builder => builder.Services.AddOptions<PredictionEnginePoolOptions<House, Estimate>>("own").Configure(options => options.ModelLoader = loader));
        var pool = services.GetRequiredService<PredictionEnginePool<House, Estimate>>();
        Assert.Equal(20, PriceOf10(pool, "own"), 0.01);
        loader.Model = _context.Model.Load(Save("five.zip", 5), out _);
        Assert.Equal(20, PriceOf10(pool, "own"), 0.01);
        loader.Changed();
        Assert.Equal(50, PriceOf10(pool, "own"), 0.01);
    }

    private sealed class OwnLoader : MLPipelines.Extensions.ML.ModelLoader
    {
        private ModelReloadToken _token = new();

        internal required ITransformer Model { get; set; }

        internal void Changed() => Interlocked.Exchange(ref _token, new ModelReloadToken()).OnReload();

        public override IChangeToken GetReloadToken() => _token;

        public override ITransformer GetModel() => Model;
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
