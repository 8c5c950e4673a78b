using System.Runtime.InteropServices;

namespace MLPipelines.Trainers;

/// <summary>A known element of a matrix.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MatrixElement(int Row, int Column, float Value);
