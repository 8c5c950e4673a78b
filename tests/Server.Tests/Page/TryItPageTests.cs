using System.Text.RegularExpressions;
using MLPipelines.Testing;
using Microsoft.Playwright;

namespace MLPipelines.Server.Tests.Page;

public sealed partial class TryItPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TryItPageTests()
    {
        _folder.Copy(TrainedModels.OneText, "bodies.zip");
        _folder.Copy(TrainedModels.Churn, "churn.zip");
        _folder.Copy(TrainedModels.Fees, "fees.zip");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<IBrowser> LaunchAsync(IPlaywright playwright) => await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        // The browser of the machine: none is downloaded.
        ExecutablePath = Programs.Find("chromium", "chromium-browser", "google-chrome"),
        Args = ["--no-sandbox", "--disable-gpu"],
    });

    [ProgramFact("chromium", "chromium-browser", "google-chrome")]
    public async Task A_row_is_filled_in_and_answered()
    {
        await using RunningServer server = await RunningServer.StartAsync(_folder.Path);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright);
        IPage page = await browser.NewPageAsync();
        List<string> problems = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error") problems.Add(message.Text);
        };
        page.PageError += (_, error) => problems.Add(error);
        await page.GotoAsync(new Uri(server.Url, "/").ToString());
        Assert.EndsWith("/try", page.Url, StringComparison.Ordinal);
        Assert.Equal(["bodies", "churn", "fees"], await page.Locator("#model option").AllTextContentsAsync());

        await page.GetByLabel("body").FillAsync("Please send me a return label for my order");
        await page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();
        await page.Locator(".answer").WaitForAsync();
        string label = (await server.PredictAsync("bodies", "[\"Please send me a return label for my order\"]"))[0]!["label"]!.GetValue<string>();
        Assert.Equal(label, await page.Locator(".answer").TextContentAsync());
        Assert.InRange(await page.Locator("#alternatives li").CountAsync(), 2, 10);
        Assert.Contains("ms", (await page.Locator("#latency").TextContentAsync())!, StringComparison.Ordinal);
        await page.GetByText("PredictedLabel").WaitForAsync();
        await KeepAsync(page, "text-light");

        await page.Locator("#model").SelectOptionAsync("churn");
        await page.GetByLabel("monthly_fee").WaitForAsync();
        Assert.Equal("number", await page.GetByLabel("monthly_fee").GetAttributeAsync("type"));
        await page.GetByLabel("contract", new() { Exact = false }).FillAsync("monthly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();
        await page.Locator(".answer").Filter(new() { HasTextRegex = Churns() }).WaitForAsync();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await KeepAsync(page, "table-dark");
        await page.SetViewportSizeAsync(400, 900);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"));
        await KeepAsync(page, "table-narrow");

        await page.Locator("#model").SelectOptionAsync("fees");
        await page.GetByLabel("plan").FillAsync("family");
        await page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();
        await page.Locator(".answer").Filter(new() { HasTextRegex = Numbers() }).WaitForAsync();
        Assert.Empty(problems);
    }

    [ProgramFact("chromium", "chromium-browser", "google-chrome")]
    public async Task A_key_that_is_needed_is_asked_for()
    {
        var (kept, key) = ApiKey.Create("me");
        await using RunningServer server = await RunningServer.StartAsync(_folder.Path, null, ("ApiKeys:0:Name", kept.Name), ("ApiKeys:0:Hash", kept.Hash));
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright);
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, "/try").ToString());
        await page.GetByText("An API key is needed").WaitForAsync();
        await page.Locator("#key").FillAsync(key);
        await page.Locator("#key").PressAsync("Tab");
        await page.GetByLabel("body").FillAsync("late");
        await page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();
        await page.Locator(".answer").WaitForAsync();
    }

    [Fact]
    public async Task The_page_lets_nothing_from_elsewhere_in()
    {
        await using RunningServer server = await RunningServer.StartAsync(_folder.Path);
        using HttpResponseMessage answer = await server.Client.GetAsync(new Uri("/try", UriKind.Relative));
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single(), html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", html, StringComparison.Ordinal);
    }

    /// <summary>Keeps a picture where the environment variable MLPIPELINES_SCREENSHOTS names a folder.</summary>
    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MLPIPELINES_SCREENSHOTS") is { Length: > 0 } folder) await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    [GeneratedRegex("^(yes|no)$")]
    private static partial Regex Churns();

    [GeneratedRegex(@"^\d+(\.\d+)?$")]
    private static partial Regex Numbers();
}
