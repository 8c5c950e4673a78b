using System.Runtime.InteropServices;

namespace MLPipelines.Onnx;

/// <summary>Something of ONNX Runtime's that is given back when it is disposed, or when nobody holds it any more.</summary>
internal sealed class OrtHandle : SafeHandle
{
    private readonly OrtApi _api;
    private readonly OrtRelease _release;

    internal OrtHandle(OrtApi api, OrtRelease release, nint handle) : base(0, ownsHandle: true)
    {
        (_api, _release) = (api, release);
        SetHandle(handle);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer; its user keeps this object alive while the pointer is in use.</summary>
    internal nint Pointer => IsClosed ? throw new ObjectDisposedException(_release.ToString()) : handle;

    protected override bool ReleaseHandle()
    {
        _api.Release(_release, handle);
        return true;
    }
}
