namespace MLPipelines.Tensors;

/// <summary>Functions of one number.</summary>
internal enum UnaryFunction { Negate, Exp, Log, Sqrt, Abs, Sign, Square, Sin, Cos }

/// <summary>Functions of two numbers; comparisons give 1 or 0.</summary>
internal enum BinaryFunction { Add, Subtract, Multiply, Divide, Power, Maximum, Minimum, Greater, GreaterOrEqual, Equal }
