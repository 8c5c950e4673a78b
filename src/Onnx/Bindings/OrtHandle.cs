using System.Runtime.InteropServices;

namespace MLPipelines.Onnx;

/// <summary>Something of ONNX Runtime's that is given back when it is disposed, or when nobody holds it any more; what it was made from stays until then.</summary>
internal sealed class OrtHandle : SafeHandle
{
    private readonly OrtApi _api;
    private readonly OrtRelease _release;
    private readonly OrtHandle? _origin;

    internal OrtHandle(OrtApi api, OrtRelease release, nint handle, OrtHandle? origin = null) : base(0, ownsHandle: true)
    {
        (_api, _release) = (api, release);
        SetHandle(handle);
        bool held = false;
        origin?.DangerousAddRef(ref held);
        if (held) _origin = origin;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer; its user keeps this object alive while the pointer is in use.</summary>
    internal nint Pointer => IsClosed ? throw new ObjectDisposedException(_release.ToString()) : handle;

    protected override bool ReleaseHandle()
    {
        _api.Release(_release, handle);
        _origin?.DangerousRelease();
        return true;
    }
}
