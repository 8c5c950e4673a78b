using MLPipelines.AutoML.CodeGen;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

public sealed partial class AutoCatalog
{
}
