namespace MLPipelines.Neural.Text;

/// <summary>A transformer that puts texts through a network.</summary>
internal interface ITextNetworkSource
{
    NetworkOverTexts Network { get; }
}
